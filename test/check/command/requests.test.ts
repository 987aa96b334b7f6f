import { describe, expect, it } from "vitest";
import { readTest } from "../../../src/check/command/read-test.ts";
import { requestsOf } from "../../../src/check/command/requests.ts";
import { commandsOf } from "../../../src/check/command/uses.ts";

const variables = new Map([["PORT", "8000"]]);

function requests(script: string): readonly string[] {
  const step = readTest(script)?.step;
  return (step === undefined ? [] : commandsOf(step))
    .flatMap((command) => requestsOf(command, (name) => variables.get(name)))
    .map(({ scheme, host = "?", port = "?", path }) => `${scheme}://${host}:${port}${path}`);
}

describe("what a probe connects to", () => {
  it.each<[string, readonly string[]]>([
    ["curl -fsSo /dev/null --max-time 3 http://127.0.0.1:8080/health", ["http://127.0.0.1:8080/health"]],
    ["curl localhost", ["http://localhost:80/"]],
    ["curl -H 'Host: a.example' https://localhost/x?y=1", ["https://localhost:443/x?y=1"]],
    ["curl --url http://[::1]:80", ["http://[::1]:80/"]],
    ["curl -u user:secret http://admin:secret@h:1/", ["http://h:1/"]],
    ["curl http://localhost:$PORT/x", ["http://localhost:8000/x"]],
    ["curl http://localhost:${OTHER:-9000}/x", ["http://localhost:9000/x"]],
    ["curl http://localhost:$OTHER/x", ["http://localhost:?/x"]],
    ["curl http://$(hostname -i):7233/x", ["http://?:7233/x"]],
    ["wget -q -T 3 -O /dev/null http://localhost:3000", ["http://localhost:3000/"]],
    ["wget -qO- localhost:3000/ready", ["http://localhost:3000/ready"]],
    ["nc -z -w 2 db 5432", ["tcp://db:5432/"]],
    ["nc -l -p 80", []],
    ["exec 3<>/dev/tcp/127.0.0.1/5672", ["tcp://127.0.0.1:5672/"]],
    ["bash -c '</dev/tcp/localhost/80'", ["tcp://localhost:80/"]],
    ["pg_isready -U app", ["postgres://?:?/"]],
    ["pg_isready --host=db -p5433", ["postgres://db:5433/"]],
    ["mysqladmin ping -h127.0.0.1 -psecret", ["mysql://127.0.0.1:?/"]],
    ["redis-cli -p 6380 ping", ["redis://?:6380/"]],
    [`python3 -c "import urllib.request as u; u.urlopen('http://localhost:8000/health')"`, ["http://localhost:8000/health"]],
    [`node -e "fetch('http://localhost:3000/').then(r => process.exit(+!r.ok))"`, ["http://localhost:3000/"]],
    ["/app/check http://localhost:1/x", ["http://localhost:1/x"]],
    ["echo http://localhost:1/", []],
  ])("%s", (script, expected) => {
    expect(requests(script)).toEqual(expected);
  });
});
