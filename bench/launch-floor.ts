import { request } from "node:http";
import { engine } from "./engine-api.ts";

const SOCKET = (process.env["DOCKER_HOST"] ?? "unix:///var/run/docker.sock").replace("unix://", "");

/**
 * Seconds below which no launch of a chain can be: a network, all containers created at once, then each in turn started and
 * awaited. Readiness is the moment at which the container itself says so in its log; no probe, no client, no process of ours.
 */
export async function chainFloor(length: number, script: string): Promise<number> {
  const began = performance.now();
  const network = await engine<{ Id: string }>("POST", "/networks/create", { Name: "bench-floor" });
  const create = () =>
    engine<{ Id: string }>("POST", "/containers/create", {
      Image: "busybox:1.37",
      Cmd: ["sh", "-c", script],
      HostConfig: { Init: true, NetworkMode: network.Id },
    });
  const ids = (await Promise.all(Array.from({ length }, create))).map(({ Id }) => Id);
  try {
    for (const id of ids) {
      await engine("POST", `/containers/${id}/start`);
      await firstLine(id);
    }
    return (performance.now() - began) / 1000;
  } finally {
    for (const id of ids) await engine("DELETE", `/containers/${id}?force=1`);
    await engine("DELETE", `/networks/${network.Id}`);
  }
}

/** When the service's container ended last, as the engine tells it; milliseconds since 1970. */
export async function endOf(project: string, service: string, since: number, until: number): Promise<number> {
  const filters = JSON.stringify({
    event: ["die"],
    label: [`com.docker.compose.project=${project}`, `com.docker.compose.service=${service}`],
  });
  const query = new URLSearchParams({ filters, since: String(Math.floor(since / 1000)), until: String(Math.ceil(until / 1000)) });
  const lines = await textOf(`/events?${query}`);
  const nanoseconds = lines
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { timeNano: number }).timeNano);
  return Math.min(...nanoseconds) / 1e6;
}

function firstLine(id: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath: SOCKET, path: `/containers/${id}/logs?follow=1&stdout=1` }, (response) => {
      response.once("data", () => {
        response.destroy();
        resolve();
      });
    });
    sent.on("error", reject).end();
  });
}

function textOf(path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath: SOCKET, path }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () => resolve(text));
    });
    sent.on("error", reject).end();
  });
}
