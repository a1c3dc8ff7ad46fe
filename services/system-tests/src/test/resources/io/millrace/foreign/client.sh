#!/usr/bin/env bash
# Asks a predictor what the Open Inference Protocol says a REST client may ask, with curl.
set -euo pipefail
server="http://127.0.0.1:$1"

fail() {
  echo "$1"
  exit 1
}

# expect STATUS PART CURL-ARGUMENTS...: the answer has the status and contains the part.
expect() {
  local status=$1 part=$2 answer
  shift 2
  answer=$(curl -sS -w '\n%{http_code}' "$@")
  [[ ${answer##*$'\n'} == "$status" ]] || fail "expected $status of $*: $answer"
  [[ $answer == *"$part"* ]] || fail "expected $part of $*: $answer"
  echo "$status ${*: -1}"
}

inputs='{"id": "one", "inputs": [
  {"name": "pair", "datatype": "FP32", "shape": [1, 2], "data": [1, 0]},
  {"name": "c", "datatype": "INT64", "shape": [1, 1], "data": [[3]]}]}'

expect 200 'alive' "$server/livez"
expect 200 'ready' "$server/readyz"
expect 200 'millrace_serving_version' "$server/metrics"
expect 200 '"name":"millrace"' "$server/v2"
expect 200 '"live":true' "$server/v2/health/live"
expect 200 '"ready":true' "$server/v2/health/ready"
expect 200 '"versions":["2","1"]' "$server/v2/models/echo"
expect 200 '"ready":true' "$server/v2/models/echo/versions/1/ready"
expect 404 "model 'other' is unknown" "$server/v2/models/other"
expect 200 '"data":["no"]' -d "$inputs" "$server/v2/models/echo/infer"
expect 200 '"data":[5.0]' -d "$inputs" "$server/v2/models/echo/infer"
expect 200 '"data":[4.0]' -d "$inputs" "$server/v2/models/echo/versions/1/infer"
expect 200 '"id":"one"' --http2-prior-knowledge -d "$inputs" "$server/v2/models/echo/infer"
expect 400 'expected text' -d '{"id": 1}' "$server/v2/models/echo/infer"
rows='{"instances": [{"a": 1, "b": 0, "c": 3}, {"pair": [0, 1], "c": 1}]}'
expect 200 '"models":["echo"]' "$server/v1/models"
expect 200 '"ready":true' "$server/v1/models/echo"
expect 400 "instance 1 has 'pair'" -d "$rows" "$server/v1/models/echo:predict"
expect 200 '"choice_class":"no","sum":[5.0]' -d '{"instances": [[[1, 0], 3]]}' \
  "$server/v1/models/echo:predict"
expect 200 '"data":["1.0:0:no"]' -d "${inputs%\}}, \"outputs\": [
  {\"name\": \"choice\", \"parameters\": {\"classification\": 1}}]}" "$server/v2/models/echo/infer"
expect 400 'shared memory is not offered' "$server/v2/systemsharedmemory/status"
expect 400 'not loaded and unloaded on request' -d '' "$server/v2/repository/models/echo/load"
expect 400 'trace settings are not offered' "$server/v2/models/echo/trace/setting"
expect 400 'log settings are not offered' -d '{"log_info": true}' "$server/v2/logging"
expect 400 'sequences are not offered' -d "{\"parameters\": {\"sequence_id\": 1}}" \
  "$server/v2/models/echo/infer"
echo "all passed"
