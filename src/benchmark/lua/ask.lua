-- usage: wrk ... -s ask.lua ADDRESS -- PATH SESSIONS
-- Asks the gate as nginx would, with the tokens that Seed gave to the sessions, in random order; and anything else with the very
-- same requests. Prints what it counted as one line of key=value.
local prefix = string.rep("eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.", 18)
local requests = {}
local at = 0

function init(args)
  local path, sessions = args[1], tonumber(args[2])
  math.randomseed(os.time())
  for i = 1, 50000 do
    requests[i] = "GET " .. path .. " HTTP/1.1\r\nHost: " .. wrk.host .. "\r\nX-Original-Method: GET\r\n" ..
        "X-Original-URI: /reports/7/rows\r\nX-Forwarded-For: 203.0.113.9\r\nAuthorization: Bearer " .. prefix ..
        string.format("%08d", math.random(sessions)) .. "\r\n\r\n"
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("RESULT perSecond=%.1f p50=%.1f p99=%.1f p999=%.1f max=%.1f failed=%d\n",
      summary.requests / summary.duration * 1e6, latency:percentile(50), latency:percentile(99), latency:percentile(99.9),
      latency.max, errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
