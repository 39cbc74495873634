#!/usr/bin/env bash
# usage: framework.sh <address of Lapse> <user name> <password> <suffix of names>
# What an administrator's script does with the Framework side of Lapse, from log-in to log-out. Ends with 0 if all of it went well.
set -euo pipefail
base=$1/gax/api
username=$2
password=$3
suffix=$4

jar=$(mktemp)
answer=$(mktemp)
trap 'rm -f "$jar" "$answer"' EXIT

# call <expected status> <method> <path> [body]; the answer is in $answer
call() {
  local status
  status=$(curl -sS -o "$answer" -w '%{http_code}' -b "$jar" -c "$jar" -X "$2" "$base/$3" \
    -H 'Content-Type: application/json' ${4:+-d "$4"})
  [ "$status" = "$1" ] || { echo "$2 $3 answered $status instead of $1: $(cat "$answer")" >&2; exit 1; }
}
# expect <jq expression that must be true> [jq arguments]
expect() {
  local condition=$1
  shift
  jq -e "$@" "$condition" "$answer" >/dev/null || { echo "not so: $condition in $(cat "$answer")" >&2; exit 1; }
}
log_in() {
  call 200 POST session/login "$(jq -n --arg username "$username" --arg password "$password" \
    '{$username, $password, isPasswordEncrypted: false}')"
}
# set_option <dbid> <section> <key> <value>: reads the application, changes one option and writes it back
set_option() {
  call 200 GET "cfg/objects/CfgApplication/$1"
  local changed
  changed=$(jq --arg section "$2" --arg key "$3" --arg value "$4" \
    '.options.property |= map(select(.section != $section or .key != $key)) + [{$section, $key, $value}]' "$answer")
  call 200 PUT "cfg/objects/CfgApplication/$1" "$changed"
}

call 401 GET user/info
log_in
call 200 GET user/info
expect '.username == $username and .writeDefault' --arg username "$username"
call 200 GET version/
expect '.version | length > 0'

# the templates: each has the option, and most have it switched off
call 200 GET 'cfg/objects?brief=false&type=CfgAppPrototype'
expect '[.[] | select(.dbid | tonumber < 1000)] | length == 13'
expect '[.[] | .options.property[] | select(.section == "security" and .key == "inactivity-timeout")] | length >= 12'

# an application from a template starts with the template's options
call 200 GET 'cfg/objects?brief=true&type=CfgAppPrototype&filters=subtype=CFGSCE+OR+subtype=CFGSCI'
expect 'map(.name) | contains(["Configuration Manager", "Solution Control Interface"])'
template=$(jq -r '.[] | select(.name == "Configuration Manager") | .dbid' "$answer")
call 201 POST cfg/objects "$(jq -n --arg name "Manager $suffix" --arg template "$template" \
  '{type: "CfgApplication", $name, appprototypedbid: $template, version: "8.5.1"}')"
expect '.subtype == "CFGSCE" and .state == "1" and .appprototypedbid == $template' --arg template "$template"
expect '.options.property | contains([{section: "security", key: "inactivity-timeout", value: "0"}])'
manager=$(jq -r .dbid "$answer")

set_option "$manager" security inactivity-timeout 15
call 200 GET "cfg/objects?brief=false&type=CfgApplication&name=Manager%20$suffix"
expect 'length == 1 and (.[0].options.property | contains([{section: "security", key: "inactivity-timeout", value: "15"}]))'

# this script's own session is one of the application Genesys Administrator Extension: a changed option holds for it at once
call 200 GET 'cfg/objects?brief=true&type=CfgApplication&name=Genesys%20Administrator%20Extension'
extension=$(jq -r '.[0].dbid' "$answer")
set_option "$extension" security inactivity-timeout 20
call 200 GET user/info
expect '.sessionTimeout == 1200'
set_option "$extension" general inactivity_timeout 2
call 200 GET user/info
expect '.sessionTimeout == 2'
sleep 2.1
call 401 GET user/info
expect '.status == 401 and (.message | contains("inactivity"))'
log_in
set_option "$extension" general inactivity_timeout 0
set_option "$extension" security inactivity-timeout 0
call 200 GET user/info
expect '.sessionTimeout == 0'

call 204 DELETE "cfg/objects/CfgApplication/$manager"
call 404 GET "cfg/objects/CfgApplication/$manager"
call 200 POST session/logout
call 401 GET user/info
echo "The Framework side does what it should."
