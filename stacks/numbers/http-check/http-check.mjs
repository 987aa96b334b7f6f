// Asks a URL once, says in one line how that went, and exits with 0 or 1: the application's own curl.
//   -u URL   what to ask          -c KEY   or: the setting (a variable of the environment) that holds the URL
//   -t MS    milliseconds that the answer may take. Default: 150
import { get } from "node:http";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: { u: { type: "string", short: "u" }, c: { type: "string", short: "c" }, t: { type: "string", short: "t" } },
});
const url = values.u ?? process.env[values.c ?? ""];
const limit = Number(values.t ?? 150);
if (url === undefined) end(1, `needs -u URL, or -c KEY of a setting that is there (got ${values.c ?? "neither"})`);

const began = performance.now();
get(url, { agent: false, signal: AbortSignal.timeout(limit) }, (response) => {
  response.resume();
  end(response.statusCode < 400 ? 0 : 1, `status ${response.statusCode}, url ${url}, took ${Math.round(performance.now() - began)} ms`);
}).on("error", (error) => {
  end(1, error.name === "AbortError" ? `no answer within ${limit} ms, url ${url}` : `${error.code ?? error.message}, url ${url}`);
});

function end(code, message) {
  console.log(`http-check: ${message}`);
  process.exit(code);
}
