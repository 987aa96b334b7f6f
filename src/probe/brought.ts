/** What a Dockerfile does to its base that may put programs into it, or take them away. */
export interface Additions {
  /** The commands that it runs, in their order. */
  readonly commands: readonly string[];
  /** Where it copies to; `undefined` for a place that only the build knows. */
  readonly targets: readonly (string | undefined)[];
}

/**
 * Whether a Dockerfile may have put a program into its image. A command may install anything, where a shell runs it; a copy
 * brings programs into their folders, or one of its name.
 */
export function mayBring({ commands, targets }: Additions, base: { readonly hasNoShell: boolean }): (program: string) => boolean {
  const copied = (program: string): boolean => targets.some((target) => copyBrings(target, program));
  return (program) => copied(program) || (commands.length > 0 && (!base.hasNoShell || copied("sh")));
}

const PROGRAM_FOLDER = /^(\/|(\/usr)?(\/local)?\/s?bin(\/([^/]+\/)*)?|\/usr\/?|\/usr\/local\/?)$/;

/** Whether a copy may bring a program: into a folder of programs it may bring any, elsewhere only a file of that name. */
export function copyBrings(target: string | undefined, program: string): boolean {
  return target === undefined || PROGRAM_FOLDER.test(target) || target.endsWith(`/${program}`);
}

/** Whether the commands of a Dockerfile take a program away that was there before, or that they have brought. */
export function isRemoved({ commands }: Pick<Additions, "commands">, program: string): boolean {
  return fateOf(commands.join("\n"), program) === "removed";
}

/** What commands do to a program, by what the last of them that names it does; `undefined` where none does. */
export function fateOf(commands: string, program: string): "brought" | "removed" | undefined {
  const named = packagesOf(program);
  // `apk add --virtual .deps curl` is undone by `apk del .deps`.
  const groups: string[] = [];
  let fate: "brought" | "removed" | undefined;
  for (const command of commands.replaceAll(/\\\r?\n/g, " ").split(/&&|\|\||[;|\n]/)) {
    const isNamed = named.test(command);
    const [, group] = (isNamed && /\s(?:--virtual|-t)[= ]+(\S+)/.exec(command)) || [];
    if (group !== undefined) groups.push(group);
    const removes = removesPackages(command) ? isNamed || groups.some((each) => command.includes(each)) : deletes(command, program);
    if (isNamed || removes) fate = removes ? "removed" : "brought";
  }
  return fate;
}

/** Whether a package manager is told to take packages away. */
function removesPackages(command: string): boolean {
  const manager = /\b(?:apt-get|apt|aptitude|apk|yum|dnf|microdnf|zypper|dpkg)(?=\s)/.exec(command);
  return manager !== null && /\s(?:purge|remove|autoremove|del|erase|-r|-P)(?:\s|$)/.test(command.slice(manager.index));
}

function deletes(command: string, program: string): boolean {
  return /^\s*(?:rm|unlink)\s/.test(command) && command.split(/\s+/).some((word) => word.endsWith(`/${program}`));
}

/** The packages that bring a program, where they are called otherwise, or the program itself. */
function packagesOf(program: string): RegExp {
  return PACKAGES.get(program) ?? new RegExp(`(^|[^\\w-])${program.replaceAll(/[^\w]/g, "\\$&")}($|[^\\w-])`);
}

const PACKAGES: ReadonlyMap<string, RegExp> = new Map(
  Object.entries({
    nc: /netcat|ncat|nmap|busybox/,
    ps: /procps/,
    wget: /wget|busybox/,
    python3: /python/,
    python: /python/,
    node: /node/,
  }),
);
