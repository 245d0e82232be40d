// The shared tier's operations, each atomic in Redis. test/in-process-shared-tier.ts says the same in TypeScript, and a
// test holds the two against one another.
//
// The clock is one hash: `epoch`, `seq`, and a field `f:<tag>` per fence. One key, so that Redis under memory pressure
// throws out all of it or nothing: without its clock the tier only misses, without a single fence it would lie.
// An entry is one string: `epoch seq maxAge etag`, the key, the tags, each on a line of its own, then the body.

/** So many fences are kept (about 8 MB); then everything is dropped instead, once. */
export const MOST_FENCES = 50_000

const prelude = `
local clockKey = KEYS[1]

local function readClock(newEpoch)
  local clock = redis.call('HMGET', clockKey, 'epoch', 'seq')
  if not clock[1] then
    redis.call('HSET', clockKey, 'epoch', newEpoch, 'seq', 0)
    return newEpoch, '0'
  end
  return clock[1], clock[2]
end

local function now()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

-- Whether no tag was purged after seq. unpack takes some thousands of values at most.
local function fencesHold(tags, seq)
  local fields = {}
  local function hold()
    if #fields == 0 then return true end
    local fences = redis.call('HMGET', clockKey, unpack(fields))
    for _, fence in ipairs(fences) do
      if fence and tonumber(fence) > seq then return false end
    end
    fields = {}
    return true
  end
  for tag in string.gmatch(tags, '%S+') do
    fields[#fields + 1] = 'f:' .. tag
    if #fields == 500 and not hold() then return false end
  end
  return hold()
end
`

/**
 * KEYS clock, then entry and lease of each read. ARGV a new epoch, the lease's ms, then key, token and the tags of all that
 * may be in the answer of each read. A lease is its token, and the clock it was taken at: once one of the tags was purged
 * since, somebody else may have it.
 * Gives epoch, seq, time, then for each: 1 when it got the lease, the ms left to live, the entry or nil.
 */
export const readEntries = `${prelude}
local epoch, seq = readClock(ARGV[1])
local answer = { epoch, seq, now() }
for i = 2, #KEYS, 2 do
  local raw = redis.call('GET', KEYS[i])
  local left, isFresh = 0, false
  if raw then
    local bornEpoch, bornSeq, maxAge, key, tags =
      string.match(raw, '^(%S+) (%d+) (%d+) %S+\\n([^\\n]*)\\n([^\\n]*)\\n')
    if bornEpoch == epoch and key == ARGV[3 * i / 2] and (bornSeq == seq or fencesHold(tags, tonumber(bornSeq))) then
      left = redis.call('PTTL', KEYS[i])
      isFresh = left * 2 > tonumber(maxAge)
    else
      raw = false
    end
  end
  local lease = false
  local token = ARGV[3 * i / 2 + 1]
  if not isFresh and token ~= '' then
    local value = token .. ' ' .. epoch .. ' ' .. seq
    lease = redis.call('SET', KEYS[i + 1], value, 'PX', ARGV[2], 'NX')
    if not lease and not raw then
      local held = redis.call('GET', KEYS[i + 1])
      local heldEpoch, heldSeq = string.match(held or '', ' (%S+) (%d+)$')
      if heldEpoch ~= epoch or not fencesHold(ARGV[3 * i / 2 + 2], tonumber(heldSeq)) then
        lease = redis.call('SET', KEYS[i + 1], value, 'PX', ARGV[2])
      end
    end
  end
  local at = #answer
  answer[at + 1] = lease and 1 or 0
  answer[at + 2] = left
  answer[at + 3] = raw
end
return answer`

/** KEYS clock, entry, lease. ARGV epoch, seq and time of birth, max age, tags, token, entry. Gives 1 when it is kept. */
export const storeEntry = `${prelude}
if string.match(redis.call('GET', KEYS[3]) or '', '^%S*') == ARGV[6] then redis.call('DEL', KEYS[3]) end
local clock = redis.call('HMGET', clockKey, 'epoch', 'seq')
if clock[1] ~= ARGV[1] then return 0 end
if clock[2] ~= ARGV[2] and not fencesHold(ARGV[5], tonumber(ARGV[2])) then return 0 end
local left = ARGV[3] + ARGV[4] - now()
if left <= 0 then return 0 end
redis.call('SET', KEYS[2], ARGV[7], 'PX', math.min(left, tonumber(ARGV[4])))
return 1`

/** KEYS lease. ARGV token. */
export const releaseLease = `
if string.match(redis.call('GET', KEYS[1]) or '', '^%S*') == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 0`

/** KEYS clock. ARGV a new epoch, the channel, who purges, the most fences, then the tags. Fences first, then the word to everybody. */
export const purgeTags = `${prelude}
local _, seq = readClock(ARGV[1])
local whatIsPurged = table.concat(ARGV, ' ', 5)
if redis.call('HLEN', clockKey) + #ARGV > tonumber(ARGV[4]) then
  redis.call('UNLINK', clockKey)
  redis.call('HSET', clockKey, 'epoch', ARGV[1], 'seq', 0)
else
  local nextSeq = tostring(tonumber(seq) + 1)
  redis.call('HSET', clockKey, 'seq', nextSeq)
  for i = 5, #ARGV do redis.call('HSET', clockKey, 'f:' .. ARGV[i], nextSeq) end
end
redis.call('PUBLISH', ARGV[2], ARGV[3] .. ' ' .. whatIsPurged)
return 1`

/** KEYS clock. ARGV a new epoch, the channel, who drops. Nothing of before holds any more, here and in any memory. */
export const dropAll = `
redis.call('UNLINK', KEYS[1])
redis.call('HSET', KEYS[1], 'epoch', ARGV[1], 'seq', 0)
redis.call('PUBLISH', ARGV[2], ARGV[3] .. ' *')
return 1`
