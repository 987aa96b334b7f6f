import { describe, expect, it } from "vitest";
import { type Culprit, diagnose } from "../../../src/drive/diagnose/diagnose.ts";
import { containerOf } from "../launch-text.ts";

// What Engine 26.1.5 and curl 8.14 said; older versions of curl write their message behind the meter.
const probed = (test: readonly string[], exitCode: number, output: string): Culprit =>
  diagnose({
    service: "web",
    failure: "unhealthy",
    container: {
      ...containerOf("web unhealthy streak=2"),
      probes: [{ start: "2030-01-02T03:04:05.123456789Z", seconds: 0.1, exitCode, output }],
      settings: {
        image: "nginx:1.26",
        command: ["nginx"],
        memoryLimit: 0,
        healthcheck: { test, interval: 1, timeout: 1, startPeriod: 0, startInterval: 1, retries: 2 },
      },
    },
    log: "",
  });

describe("a test of several words in one element", () => {
  const refused = (words: string, why: string): string =>
    `OCI runtime exec failed: exec failed: unable to start container process: exec: ${JSON.stringify(words)}: ${why}: unknown`;

  it.each(["test -f /x", "curl -f http://localhost:80/ || exit 1", 'sh -c "test -f /x"'])("is told as such: %s", (words) => {
    const culprit = probed(["CMD", words], -1, refused(words, `stat ${words}: no such file or directory`));
    expect(culprit).toMatchObject({ cause: "probe-missing", hint: expect.stringMatching(/list of its own.*"CMD-SHELL"/) });
    expect(culprit.message).toMatch(/^its health check can't run: ".+" is taken for the name of one program$/);
    expect(probed(["CMD", words], -1, refused(words, "executable file not found in $PATH")).hint).toBe(culprit.hint);
  });

  it("is none where the file is there, or the name is one word", () => {
    expect(probed(["CMD", "/my app"], -1, refused("/my app", "permission denied")).hint).not.toContain("CMD-SHELL");
    expect(probed(["CMD", "curl"], -1, refused("curl", "executable file not found in $PATH")).hint).toMatch(/install curl in the image$/);
  });
});

describe("a probe with curl", () => {
  const heading =
    "  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n                                 Dload  Upload   Total   Spent    Left  Speed\n";
  const row = "\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0";
  const late = "\r 12  1.2M   12  153k    0     0  5123k      0  0:00:03  0:00:01  0:00:02 5120k";
  const said = "curl: (7) Failed to connect to localhost port 8080 after 0 ms: Could not connect to server";

  it.each([[`${heading}${row}${row}\n${said}\n`], [`${heading}${row}${late}${row}${said}\n`]])("is quoted without the meter", (output) => {
    const culprit = probed(["CMD", "curl", "-f", "http://localhost:8080/"], 7, output);
    expect(culprit.cause).toBe("connection-refused");
    expect(culprit.message).toMatch(/2 × 1 s\): curl: \(7\) Failed to connect to localhost port 8080/);
    expect(culprit.evidence).toContain(`probe 03:04:05 exit 7: ${said}`);
    expect(JSON.stringify(culprit)).not.toMatch(/% Total|Dload|--:--/);
  });

  it("is quoted with what else it printed", () => {
    const output = "  0     0    0     0    0     0      0      0\n% of Total\n";
    expect(probed(["CMD", "./look"], 1, output).message).toMatch(/ 0 \| % of Total$/);
  });

  it.each([[["CMD", "curl", "-sf", "http://localhost/"]], [["CMD-SHELL", "curl --fail -s http://localhost/"]]])(
    "that ends with 22 and says nothing was answered with an error's status: %j",
    (test) => {
      expect(probed(test, 22, "")).toMatchObject({ cause: "http-status", message: expect.stringMatching(/HTTP status of 400 or more/) });
    },
  );

  it("that says the status is told with that, and 22 of another program is not curl's", () => {
    const said404 = "curl: (22) The requested URL returned error: 404";
    expect(probed(["CMD", "curl", "-f", "http://localhost/"], 22, `${heading}${row}${row}${said404}\n`).message).toBe(
      `its health check is answered with HTTP 404: ${said404}`,
    );
    expect(probed(["CMD", "./check"], 22, "").cause).toBe("unhealthy");
  });
});
