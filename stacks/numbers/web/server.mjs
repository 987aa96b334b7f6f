// Shows a number of the API. It needs the API, so that it looks for it before it starts, and exits if it is not there:
// the restart policy is what makes it try again.
import { createServer, get } from "node:http";

const { RNG_URL: rngUrl, GREETING: greeting } = process.env;
const healthUrl = new URL("/health", rngUrl);

await fetchText(healthUrl).catch((error) => {
  console.log(`numbers-web needs ${healthUrl}: ${error.message}`);
  process.exit(1);
});

const server = createServer(async (request, response) => {
  if (request.url === "/health") {
    response.end("ok");
    return;
  }
  try {
    response.end(`${greeting}: ${await fetchText(rngUrl)}\n`);
  } catch (error) {
    response.writeHead(502).end(`no number: ${error.message}\n`);
  }
});

server.listen(80, () => console.log("numbers-web listens on 80"));
process.on("SIGTERM", () => server.close(() => process.exit(0)));

function fetchText(url) {
  return new Promise((resolve, reject) => {
    const request = get(url, { timeout: 1000 }, (response) => {
      let text = "";
      response.on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () => (response.statusCode === 200 ? resolve(text) : reject(new Error(`HTTP ${response.statusCode} ${text}`))));
    });
    request.on("timeout", () => request.destroy(new Error("no answer within 1 s")));
    request.on("error", (error) => reject(new Error(error.message || error.code)));
  });
}
