/**
 * The text of a container's log.
 * Without a terminal each piece has a header of 8 bytes: the stream, and in the last four the piece's length.
 *
 * @see https://docs.docker.com/reference/api/engine/version/v1.45/#tag/Container/operation/ContainerAttach
 */
export function demultiplex(body: Buffer, contentType: string | undefined): string {
  if (contentType === "application/vnd.docker.raw-stream" && !hasHeaders(body)) return body.toString("utf8");
  const pieces: Buffer[] = [];
  for (let at = 0; at + 8 <= body.length; ) {
    const length = body.readUInt32BE(at + 4);
    pieces.push(body.subarray(at + 8, at + 8 + length));
    at += 8 + length;
  }
  return Buffer.concat(pieces).toString("utf8");
}

/**
 * The end of a log as the engine sends it, whole pieces only.
 *
 * @param limit bytes that are kept, about.
 */
export async function endOf(stream: AsyncIterable<Buffer>, limit: number): Promise<Buffer> {
  let kept: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    kept.push(chunk);
    length += chunk.length;
    if (length <= limit * 4) continue;
    kept = [withoutBeginning(Buffer.concat(kept), limit)];
    length = kept[0]?.length ?? 0;
  }
  return Buffer.concat(kept);
}

function withoutBeginning(body: Buffer, limit: number): Buffer {
  if (!hasHeaders(body)) return body.subarray(-limit);
  let at = 0;
  while (body.length - at > limit && at + 8 <= body.length) {
    const next = at + 8 + body.readUInt32BE(at + 4);
    if (next > body.length) break;
    at = next;
  }
  return body.subarray(at);
}

// Engines before API 1.42 name the type of both forms alike.
function hasHeaders(body: Buffer): boolean {
  return body.length >= 8 && (body[0] ?? 255) <= 2 && body[1] === 0 && body[2] === 0 && body[3] === 0;
}
