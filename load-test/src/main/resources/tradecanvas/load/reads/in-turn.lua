-- For wrk: asks for COUNT paths in turn, made from a PATTERN with the number of each, and prints one line of figures.
local requests, count, at = {}, 0, 0

function init(arguments)
  local pattern = arguments[1]
  count = tonumber(arguments[2])
  for i = 0, count - 1 do
    requests[i] = wrk.format("GET", string.format(pattern, i))
  end
end

function request()
  local next = requests[at]
  at = at + 1
  if at == count then at = 0 end
  return next
end

function done(summary, latency, _)
  local errors = summary.errors
  io.write(string.format(
    "figures requests=%d micros=%d bytes=%d p50_micros=%d p99_micros=%d max_micros=%d not_2xx=%d lost=%d cpu_micros=%d\n",
    summary.requests, summary.duration, summary.bytes,
    latency:percentile(50), latency:percentile(99), latency.max,
    errors.status, errors.connect + errors.read + errors.write + errors.timeout,
    os.clock() * 1000000))
end
