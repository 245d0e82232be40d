/** Of eight characters or more, lower case: the shorter ones are refused for their length. */
export const widelyKnownPasswords: ReadonlySet<string> = new Set(
  `password password1 password12 password123 password1234 password! passw0rd p@ssword p@ssw0rd pa$$word pa55word
   mypassword newpassword changeme changeme1 changeme123 letmein1 letmein12 letmein123 welcome1 welcome12 welcome123
   admin123 admin1234 administrator rootroot root1234 test1234 testtest testing1 testing123 guest123 user1234 username
   12345678 123456789 1234567890 12345678910 0123456789 0987654321 87654321 987654321 11223344 112233445566 12341234
   123123123 12312312 123454321 123321123 147258369 159357456 135792468 13579246 24681012 31415926 14725836
   abcd1234 abc12345 abc123456 abcdefgh abcdefg1 a1b2c3d4 a1234567 a12345678 aa123456 asdf1234 asdfghjk asdfghjkl
   qwertyui qwertyuiop qwerty12 qwerty123 qwerty1234 qwerty12345 1qaz2wsx 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y q1w2e3r4
   q1w2e3r4t5 qazwsxedc qazwsx123 zaq12wsx zxcvbnm1 zxcvbnm123 azertyui azertyuiop azerty123 qwertz123 qwertzui
   iloveyou iloveyou1 iloveyou2 iloveyou123 ihateyou loveyou1 princess princess1 sunshine sunshine1 football football1
   baseball baseball1 basketball superman superman1 batman123 spiderman starwars pokemon1 pokemon123 minecraft
   dragon123 monkey123 shadow123 master123 michael1 michelle jennifer jessica1 charlie1 jordan23 trustno1 whatever
   computer internet samsung1 google123 facebook facebook1 liverpool chelsea1 arsenal1 barcelona juventus
   motdepasse motdepasse1 bonjour1 bonjour123 soleil123 doudou123 passwort passwort1 hallo123 schatz123
   contraseña 5201314520 woaini1314 woaini520 a123456789 zz123456 qq123456 wang1234 sakura123 doraemon nintendo
   january1 february summer2023 summer2024 summer2025 summer2026 winter2024 winter2025 winter2026 secret123 default1`
    .trim()
    .split(/\s+/),
)
