// `npm run secrets`: fresh secrets for a real house, as the lines of an .env file.
import { makeSecrets } from './house-secrets.ts'

for (const [name, value] of Object.entries(await makeSecrets())) process.stdout.write(`${name}='${value}'\n`)
