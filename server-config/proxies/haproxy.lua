-- Asks Lapse whether a call may pass: what haproxy.cfg beside this file calls lua.lapse. Change the address where
-- Lapse is. Lines that begin with "--browsers" are for browsers that send the token in a cookie: take that word away
-- from each, and name the cookie in lapse.gate.cookie.
local LAPSE = "http://127.0.0.1:8081"

-- The gate is sent what it reads and nothing else. What comes twice is sent twice, and the gate refuses it.
local READ = {"authorization", "origin", "x-background-request"}
--browsers READ[#READ + 1] = "cookie"

local SAID = {"x-lapse-user", "x-lapse-user-name", "x-lapse-organization", "x-lapse-application", "x-lapse-scopes",
  "x-lapse-session", "x-lapse-seconds-left"}

local function answer(txn, status, body, headers)
  local reply = txn:reply{status = status, body = body}
  reply:add_header("Content-Type", "application/json")
  for name, value in pairs(headers or {}) do
    reply:add_header(name, value)
  end
  txn:done(reply)
end

core.register_action("lapse", {"http-req"}, function(txn)
  --browsers -- Where your service begins to sign people in. Nobody is asked there who they are.
  --browsers if txn.f:path() == "/sign-in" then
  --browsers   txn:set_var("txn.lapse", "passes")
  --browsers   return
  --browsers end
  local sent = txn.http:req_get_headers()
  local question = {
    ["x-original-method"] = {txn.f:method()},
    ["x-original-uri"] = {txn.f:pathq()},
    ["x-forwarded-for"] = {txn.f:src()},
    ["x-lapse-audience"] = {txn:get_var("txn.lapse_audience") or ""},
  }
  for _, name in ipairs(READ) do
    if sent[name] then
      question[name] = {}
      for at = 0, #sent[name] do
        table.insert(question[name], sent[name][at])
      end
    end
  end

  -- Servers differ in what they make of a byte beyond ASCII. In the address HAProxy refuses it by itself.
  for _, values in pairs(question) do
    for _, value in ipairs(values) do
      if value:find("[\128-\255]") then
        return answer(txn, 400, '{"message":"The call has a byte beyond ASCII.","code":"bad.request","status":400}')
      end
    end
  end

  -- In milliseconds, and for each of the four tries that HAProxy makes.
  local said = core.httpclient():get{url = LAPSE .. "/gate/nginx", headers = question, timeout = 1250}
  local headers = said.headers or {}

  -- A 200 that does not say whose session it is did not come from the gate.
  if said.status == 200 and headers["x-lapse-session"] then
    for _, name in ipairs(SAID) do
      txn.http:req_set_header(name, headers[name] and headers[name][0] or "")
    end
    txn:set_var("txn.lapse", "passes")
  elseif said.status == 401 then
    --browsers local accepted = sent["accept"] and sent["accept"][0] or ""
    --browsers if txn.f:method() == "GET" and accepted:find("text/html", 1, true) then
    --browsers   txn:done(txn:reply{status = 302, headers = {location = {"/sign-in?" .. txn.f:pathq()}}})
    --browsers end
    local why = headers["www-authenticate"]
    answer(txn, 401, said.body, why and {["WWW-Authenticate"] = why[0]})
  elseif said.status == 400 or said.status == 413 or said.status == 414 or said.status == 431 then
    answer(txn, 431, '{"message":"The headers are too large.","code":"bad.request","status":431}')
  else
    answer(txn, 503, '{"message":"The gate cannot be asked.","code":"service.unavailable","status":503}',
      {["Retry-After"] = "5"})
  end
end)
