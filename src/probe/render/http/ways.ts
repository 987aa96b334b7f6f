import type { HttpRequest } from "../../catalogue/network.ts";
import { addressIn, type Context } from "../context.ts";
import type { Way } from "../way.ts";
import { bashWay } from "./bash.ts";
import { curlWay } from "./curl.ts";
import { nodeWay } from "./node.ts";
import { perlWay } from "./perl.ts";
import { pythonWay } from "./python.ts";
import type { Request } from "./request.ts";
import { wgetWay } from "./wget.ts";

/**
 * Every way to make an HTTP request inside a container; the real clients first, then by what a look costs
 * (docs/probes.md): a whole runtime is the last choice.
 */
export function httpWays(request: HttpRequest & Pick<Request, "port"> & Partial<Request>, context: Context): readonly Way[] {
  const whole: Request = { scheme: "http", host: addressIn(context), path: "/", method: "GET", ...request };
  const ways = [curlWay, wgetWay, bashWay, perlWay, pythonWay, nodeWay].map((way) => way(whole, context.limit));
  return ways.filter((way) => way !== undefined);
}
