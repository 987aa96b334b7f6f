import { describe, expect, it } from "vitest";
import { demultiplex } from "../../../src/drive/engine/log-stream.ts";

const MULTIPLEXED = "application/vnd.docker.multiplexed-stream";
const RAW = "application/vnd.docker.raw-stream";

function frame(stream: 1 | 2, content: string | Buffer): Buffer {
  const body = Buffer.from(content);
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(body.length, 4);
  return Buffer.concat([header, body]);
}

describe("a container's log", () => {
  it("is the text of its frames, in order, whichever stream they are of", () => {
    const body = Buffer.concat([frame(1, "listening\n"), frame(2, "oh no\n"), frame(1, "bye\n")]);
    expect(demultiplex(body, MULTIPLEXED)).toBe("listening\noh no\nbye\n");
  });

  it("is empty where nothing was printed", () => {
    expect(demultiplex(Buffer.alloc(0), MULTIPLEXED)).toBe("");
    expect(demultiplex(Buffer.alloc(0), RAW)).toBe("");
  });

  it("may have a character cut in two by frames", () => {
    const euro = Buffer.from("€");
    const body = Buffer.concat([frame(1, euro.subarray(0, 1)), frame(1, euro.subarray(1))]);
    expect(demultiplex(body, MULTIPLEXED)).toBe("€");
  });

  it("has no frames where the container has a terminal", () => {
    expect(demultiplex(Buffer.from("hello from a terminal\n"), RAW)).toBe("hello from a terminal\n");
  });

  it("has frames although an older engine calls it raw", () => {
    expect(demultiplex(frame(1, "old\n"), RAW)).toBe("old\n");
  });

  it("that breaks off is read as far as it goes", () => {
    const body = Buffer.concat([frame(1, "whole\n"), frame(1, "cut off").subarray(0, 11)]);
    expect(demultiplex(body, MULTIPLEXED)).toBe("whole\ncut");
  });
});
