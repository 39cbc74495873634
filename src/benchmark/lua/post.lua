-- usage: wrk ... -s post.lua ADDRESS -- METHOD PATH AUTHORIZATION BODY
-- Sends one request over and over, with a form in its body if there is one.
dofile((debug.getinfo(1, "S").source:sub(2):gsub("post.lua$", "ask.lua")))
local message

function init(args)
  message = args[1] .. " " .. args[2] .. " HTTP/1.1\r\nHost: " .. wrk.host .. ":" .. wrk.port .. "\r\nAuthorization: " .. args[3] .. "\r\n"
  if args[4] then
    message = message .. "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " .. #args[4] .. "\r\n\r\n" .. args[4]
  else
    -- the gate is asked about a call; nobody else reads this
    message = message .. "X-Original-Method: GET\r\nX-Original-URI: /reports/7\r\n\r\n"
  end
end

function request()
  return message
end
