-- Asks Lapse whether a call may pass: what httpd.conf beside this file calls. Change the address where Lapse is.
-- Lines that begin with "--browsers" are for browsers that send the token in a cookie: take that word away from each,
-- and name the cookie in lapse.gate.cookie.
local LAPSE = "http://127.0.0.1:8081"

-- The API for which a token must be that passes here, such as https://orders.example; "" for any.
local AUDIENCE = ""

local http = require "socket.http"
local ltn12 = require "ltn12"

-- The gate is sent what it reads and nothing else.
local READ = {"Authorization", "Origin", "X-Background-Request"}
--browsers READ[#READ + 1] = "Cookie"

local SAID = {"X-Lapse-User", "X-Lapse-User-Name", "X-Lapse-Organization", "X-Lapse-Application", "X-Lapse-Scopes",
  "X-Lapse-Session", "X-Lapse-Seconds-Left"}

-- Nothing of the client's is left under the gate's names, in none of their four spellings: a CGI program reads _ as
-- -.
local function forget_what_the_client_says(r)
  for name in pairs(r:headers_in_table()) do
    if name:lower():find("^x[-_]lapse[-_]") then
      r.headers_in[name] = nil
    end
  end
  r.headers_in["X-Forwarded-For"] = nil
end

local function answer(r, status, body)
  r.status = status
  r.content_type = "application/json"
  r:puts(body)
  return apache2.DONE
end

function ask(r)
  -- Httpd takes away what Connection names after the gate has said who is calling: the service would miss it.
  local connection = (r.headers_in["Connection"] or ""):lower()
  if connection:find("lapse", 1, true) or connection:find("authorization", 1, true) then
    return 400
  end
  forget_what_the_client_says(r)

  --browsers -- Where your service begins to sign people in. Nobody is asked there who they are.
  --browsers if r.unparsed_uri:match("^[^?]*") == "/sign-in" then
  --browsers   return apache2.OK
  --browsers end

  local question = {
    ["X-Original-Method"] = r.method,
    ["X-Original-URI"] = r.unparsed_uri,
    ["X-Forwarded-For"] = r.useragent_ip,
    ["X-Lapse-Audience"] = AUDIENCE,
  }
  for _, name in ipairs(READ) do
    question[name] = r.headers_in[name]
  end

  -- Servers differ in what they make of a byte beyond ASCII.
  for _, value in pairs(question) do
    if value:find("[\128-\255]") then
      return answer(r, 400, '{"message":"The call has a byte beyond ASCII.","code":"bad.request","status":400}')
    end
  end

  http.TIMEOUT = 5
  local body = {}
  local _, status, said = http.request{
    url = LAPSE .. "/gate/nginx", headers = question, sink = ltn12.sink.table(body), redirect = false}

  -- A 200 that does not say whose session it is did not come from the gate.
  if status == 200 and said["x-lapse-session"] then
    for _, name in ipairs(SAID) do
      r.headers_in[name] = said[name:lower()] or ""
    end
    -- The service has no use for the token; without this line it gets it.
    r.headers_in["Authorization"] = nil
    return apache2.OK
  end
  if status == 401 then
    --browsers if r.method == "GET" and (r.headers_in["Accept"] or ""):find("text/html", 1, true) then
    --browsers   r.err_headers_out["Location"] = "/sign-in?" .. r.unparsed_uri
    --browsers   return 302
    --browsers end
    r.err_headers_out["WWW-Authenticate"] = said["www-authenticate"]
    return answer(r, 401, table.concat(body))
  end
  if status == 400 or status == 413 or status == 414 or status == 431 then
    return answer(r, 431, '{"message":"The headers are too large.","code":"bad.request","status":431}')
  end
  r.err_headers_out["Retry-After"] = "5"
  return answer(r, 503, '{"message":"The gate cannot be asked.","code":"service.unavailable","status":503}')
end
