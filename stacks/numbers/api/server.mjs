// Gives out random numbers: three times well, then it is broken for good, while the process runs on.
import { createServer } from "node:http";

const CALLS_UNTIL_BROKEN = 3;
let calls = 0;

const server = createServer((request, response) => {
  const broken = calls >= CALLS_UNTIL_BROKEN;
  if (request.url === "/health") {
    response.writeHead(broken ? 500 : 200).end(broken ? "out of numbers" : "ok");
  } else if (request.url === "/rng") {
    calls++;
    response.writeHead(broken ? 500 : 200).end(broken ? "out of numbers" : String(Math.floor(Math.random() * 100)));
    if (broken) console.log(`call ${calls}: out of numbers`);
  } else {
    response.writeHead(404).end("try /rng");
  }
});

server.listen(80, () => console.log("numbers-api listens on 80"));
process.on("SIGTERM", () => server.close(() => process.exit(0)));
