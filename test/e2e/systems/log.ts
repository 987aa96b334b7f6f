import { execa } from "execa";

/** A line that a container printed, and when. */
export interface LogLine {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly text: string;
}

/** What a container printed. Its two streams come out of order, so that the lines are sorted by their time. */
export async function logOf(container: string): Promise<readonly LogLine[]> {
  const { all } = await execa("docker", ["logs", "--timestamps", container], { all: true });
  return all
    .split("\n")
    .filter(Boolean)
    .sort()
    .map((line) => {
      const [time = "", ...words] = line.split(" ");
      return { at: Date.parse(time), text: words.join(" ") };
    });
}
