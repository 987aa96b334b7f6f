import { javascript, python as text } from "../quote.ts";
import { exec, type Limit, type Way } from "../way.ts";
import { hiddenHeaders, type Request, writtenHeaders } from "./request.ts";
import { statusExpression } from "./status.ts";

/** The request with Python's own client: no proxies, no redirects; -I keeps the application's modules out. */
export function pythonWay(request: Request, limit: Limit): Way {
  const { scheme, host, port, method, path, contains, status, login } = request;
  const hidden = hiddenHeaders(request);
  const isOpen = hidden.length === 0 && login === undefined;
  const tls = scheme === "https";
  const lines = [
    `import http.client as h,re,signal,sys${tls ? ",ssl" : ""}${isOpen ? "" : ",os,base64"}`,
    // Its own limit is one for each read.
    `signal.signal(signal.SIGALRM,lambda*_:sys.exit("no answer within ${limit} s"))`,
    `signal.setitimer(signal.ITIMER_REAL,${limit})`,
    `c=h.HTTP${tls ? "S" : ""}Connection(${text(host)},${port},timeout=${limit}${tls ? ",context=ssl._create_unverified_context()" : ""})`,
    `g=${javascript(writtenHeaders(request))}`,
    ...hidden.map(({ name, prefix, value }) => `g[${text(name)}]=${text(prefix)}+${secret(value)}`),
    ...(login === undefined
      ? []
      : [`g["Authorization"]="Basic "+base64.b64encode((${text(`${login.user}:`)}+${secret(login.password)}).encode()).decode()`]),
    `c.request(${text(method)},${text(path)},headers=g)`,
    "r=c.getresponse()",
    // It takes an interim answer (103 Early Hints) for the one that counts, which is read from the same file.
    'list(iter(lambda:r.status<200 and(setattr(r,"headers",None),r.begin()),False))',
    `re.match(${text(statusExpression(status))},str(r.status)) or sys.exit("HTTP %d %s"%(r.status,r.reason))`,
    ...(contains === undefined ? [] : [`${text(contains)}.encode() in r.read() or sys.exit("the body does not contain it")`]),
  ];
  return exec("python3", ["python3", "-I", "-c", lines.join(";")], { rare: true });
}

function secret(credential: NonNullable<Request["login"]>["password"]): string {
  return "file" in credential ? `open(${text(credential.file)}).read().rstrip("\\n")` : `os.environ[${text(credential.variable)}]`;
}
