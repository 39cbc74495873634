-- usage: as ask.lua, with the milliseconds to wait between two calls of a connection behind the sessions
dofile((debug.getinfo(1, "S").source:sub(2):gsub("trickle.lua$", "ask.lua")))
local start, pause = init, 0

function init(args)
  pause = tonumber(args[3])
  start(args)
end

function delay()
  return pause
end
