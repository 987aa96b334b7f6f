import { describe, expect, it } from "vitest";
import type { ContainerSettings } from "../../../src/drive/decide/snapshot.ts";
import { type Culprit, diagnose, type ServiceFacts } from "../../../src/drive/diagnose/diagnose.ts";
import { diagnoseCreation } from "../../../src/drive/diagnose/diagnose-creation.ts";
import { containerOf } from "../launch-text.ts";

// What Engine 26.1.5, its init and busybox 1.37 said on a real engine, where the cause was another than the words suggest.
const facts: ServiceFacts = { kind: "service", others: ["db", "cache"], dependsOn: [] };
const made: ContainerSettings = { image: "busybox:1.37", command: ["/run.sh"], memoryLimit: 0 };

const ended = (log: string, settings: Partial<ContainerSettings> = {}, more: Partial<ServiceFacts> = {}, exit = 1): Culprit =>
  diagnose({
    service: "web",
    failure: "exited",
    container: { ...containerOf(`web exited exit=${exit}`), settings: { ...made, ...settings } },
    log,
    facts: { ...facts, ...more },
  });

const unstarted = (error: string): Culprit =>
  diagnose({ service: "web", failure: "start-failed", container: { ...containerOf("web created"), error }, log: "", facts });

describe("an exit", () => {
  it.each(["exec /run.sh: no such file or directory", "[FATAL tini (7)] exec /run.sh failed: No such file or directory"])(
    "of a script whose interpreter is missing speaks of its first line: %s",
    (line) => {
      expect(ended(line)).toMatchObject({ cause: "command-not-found", hint: expect.stringMatching(/first line.*bash.*\\r/) });
    },
  );

  it("of a program that misses a file is no matter of its first line", () => {
    expect(ended("cat: can't open '/etc/app.conf': No such file or directory").cause).toBe("file-missing");
    expect(ended("could not exec /bin/helper: no such file or directory").cause).toBe("file-missing");
  });

  it("of a program that reads the folder which Docker made for a missing file names the source", () => {
    const binds = [
      { source: "/home/me/app.conf", target: "/etc/app.conf" },
      { source: "/home/me/data", target: "/data" },
    ];
    const culprit = ended("cat: read error: Is a directory", { binds });
    expect(culprit).toMatchObject({ cause: "mount-missing", hint: expect.stringMatching(/^\/home\/me\/app\.conf is mounted there/) });
    expect(ended("cat: read error: Is a directory", { binds: binds.slice(1) }).cause).toBe("exited");
    const two = [...binds, { source: "/home/me/b.json", target: "/etc/b.json" }];
    expect(ended("cat: read error: Is a directory", { binds: two }).cause).toBe("exited");
    expect(ended("open /etc/b.json: is a directory", { binds: two }).hint).toMatch(/^\/home\/me\/b\.json/);
  });

  it("of a program that asks for a service whose profile is off names the profile", () => {
    const off = new Map([["db", ["data", "all"]]]);
    expect(ended("wget: bad address 'db'", {}, { off }).hint).toBe(
      "its profile is not active: --profile data or --profile all lets it take part",
    );
    expect(ended("wget: bad address 'cache'", {}, { off }).hint).toMatch(/put both on one network/);
  });

  it("of a program whose log is not kept does not claim that it printed nothing, and its command can be run", () => {
    const run = "stackwright compose STACK -- run --rm web shows what it does";
    expect(ended("", { keepsLog: false }).hint).toBe(
      `what it printed was not kept (logging: { driver: "none" }): ${run}, or take that out`,
    );
    expect(ended("").hint).toBe(`it printed nothing that could be read: ${run}`);
  });

  it("with 0 again and again is that of a command which does not stay", () => {
    const culprit = diagnose({ service: "web", failure: "crash-loop", container: containerOf("web restarting runs=2"), log: "", facts });
    expect(culprit).toMatchObject({ cause: "crash-loop", hint: expect.stringMatching(/^its command must stay in the foreground/) });
    const failing = diagnose({
      service: "web",
      failure: "crash-loop",
      container: containerOf("web restarting runs=2 exit=1"),
      log: "",
      facts,
    });
    expect(failing.hint).toMatch(/^the end of the log says why it exits/);
  });
});

describe("a start that the engine refuses", () => {
  it("names the address that its host does not have", () => {
    const error =
      "driver failed programming external connectivity on endpoint f5-a-1 (329f): Error starting userland proxy: listen tcp4 203.0.113.7:8123: bind: cannot assign requested address";
    expect(unstarted(error)).toMatchObject({
      cause: "no-such-address",
      message: "port 8123 can't be published on 203.0.113.7: the engine's host has no such address",
    });
  });

  it("tells an address within a network from a port of the host", () => {
    expect(unstarted("Address already in use")).toMatchObject({ cause: "address-taken", hint: expect.stringContaining("ipv4Address") });
    expect(unstarted("listen tcp4 0.0.0.0:80: bind: address already in use").cause).toBe("port-taken");
  });

  it("names the user or group that the image does not have", () => {
    expect(unstarted("unable to find user nosuch: no matching entries in passwd file")).toMatchObject({
      cause: "user-missing",
      message: 'the image has no user "nosuch"',
      hint: expect.stringMatching(/^correct user, /),
    });
    expect(unstarted("Unable to find group staff2: no matching entries in group file").hint).toMatch(/^correct user or groupAdd, /);
  });
});

it("a late container that nobody started is told as such", () => {
  const late = diagnose({ service: "web", failure: "not-ready", container: containerOf("web created"), log: "", facts, at: 30 });
  expect(late).toMatchObject({ cause: "not-started", hint: expect.stringMatching(/up goes on/) });
});

describe("a creation that fails at a network", () => {
  const services = ["api", "web"].map((name) => ({ name, builds: false, uses: name === "web" ? ["front"] : ["net"] }));

  it("which has changed, and is in use by what the stack has no more, says what removes that", () => {
    const errors =
      " Network shop_front  Removed\nError response from daemon: error while removing network: network shop_front id 928d61745cec has active endpoints\n";
    expect(diagnoseCreation({ errors, output: "" }, services, "shop")).toMatchObject({
      service: "web",
      cause: "network-in-use",
      hint: expect.stringContaining("--remove-orphans"),
    });
  });

  it("whose subnet another one has says what to change", () => {
    const errors =
      " Network shop_front  Creating\n Network shop_front  Error\nfailed to create network shop_front: Error response from daemon: Pool overlaps with other one on this address space\n";
    expect(diagnoseCreation({ errors, output: "" }, services, "shop")).toMatchObject({
      service: "web",
      cause: "subnet-taken",
      message: `the network "shop_front" can't be created: its subnet overlaps with that of another network`,
      hint: expect.stringMatching(/^choose another subnet in its ipam/),
    });
  });

  it("is that of who uses it, and not of who uses one with a name that is part of a word", () => {
    const errors = 'failed to create network shop_front: Error response from daemon: plugin "net2" not found\n';
    expect(diagnoseCreation({ errors, output: "" }, services, "shop").service).toBe("web");
  });
});

// Each was asked for on Engine 26.1.5, with two processors.
describe("a creation that the engine refuses", () => {
  const created = (errors: string, isCompose = false): Culprit => {
    const services = ["api", "web"].map((name) => ({
      name,
      builds: false,
      isCompose,
      uses: name === "web" ? ["data"] : ["logging", "front"],
    }));
    return diagnoseCreation({ errors, output: "" }, services, "shop");
  };
  const refused = (said: string): string =>
    ` Container shop-web-1  Creating\n Container shop-web-1  Error response from daemon: ${said}\nError response from daemon: ${said}\n`;

  it.each([
    ["Minimum memory limit allowed is 6MB", /too low: the engine takes 6MB or more/, /^raise mem_limit, /],
    ["Minimum memory limit can not be less than memory reservation limit, see usage", /what is reserved/, /^lower mem_reservation, /],
    ["Range of CPUs is from 0.01 to 2.00, as there are only 2 CPUs available", /than the engine has: 2$/, /^lower cpus /],
  ])("because of a limit names the limit: %s", (said, message, hint) => {
    expect(created(refused(said), true)).toMatchObject({
      service: "web",
      cause: "limit-refused",
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    });
  });

  it("because of a limit speaks the language of the file", () => {
    expect(created(refused("Minimum memory limit allowed is 6MB")).hint).toMatch(/^raise memLimit, /);
  });

  it("because of a driver that is not there names it, and whose it is", () => {
    expect(created(refused('error looking up logging plugin nosuch: plugin "nosuch" not found'))).toMatchObject({
      service: "web",
      cause: "driver-missing",
      message: 'the engine has no driver "nosuch" for its log',
      hint: expect.stringMatching(/^correct driver in logging, /),
    });
    const volume =
      ' Volume shop_data  Creating\n Volume shop_data  Error\nError response from daemon: create shop_data: error looking up volume plugin nosuch: plugin "nosuch" not found\n';
    expect(created(volume)).toMatchObject({
      service: "web",
      cause: "driver-missing",
      message: 'the volume "shop_data" can\'t be created: the engine has no driver "nosuch"',
    });
    const network =
      ' Network shop_front  Creating\n Network shop_front  Error\nfailed to create network shop_front: Error response from daemon: plugin "nosuch" not found\n';
    expect(created(network)).toMatchObject({
      service: "api",
      cause: "driver-missing",
      message: 'the network "shop_front" can\'t be created: the engine has no driver "nosuch"',
      hint: expect.stringMatching(/^correct its driver, also in its ipam/),
    });
  });
});
