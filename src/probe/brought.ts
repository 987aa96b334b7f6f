/** What a Dockerfile does to its base that may put programs into it. */
export interface Additions {
  /** Whether it runs commands. */
  readonly runs: boolean;
  /** Where it copies to; `undefined` for a place that only the build knows. */
  readonly targets: readonly (string | undefined)[];
}

/**
 * Whether a Dockerfile may have put a program into its image. A command may install anything, where a shell runs it; a copy
 * brings programs into their folders, or one of its name.
 */
export function mayBring({ runs, targets }: Additions, base: { readonly hasNoShell: boolean }): (program: string) => boolean {
  const copied = (program: string): boolean => targets.some((target) => copyBrings(target, program));
  return (program) => copied(program) || (runs && (!base.hasNoShell || copied("sh")));
}

const PROGRAM_FOLDER = /^(\/|(\/usr)?(\/local)?\/s?bin(\/([^/]+\/)*)?|\/usr\/?|\/usr\/local\/?)$/;

/** Whether a copy may bring a program: into a folder of programs it may bring any, elsewhere only a file of that name. */
export function copyBrings(target: string | undefined, program: string): boolean {
  return target === undefined || PROGRAM_FOLDER.test(target) || target.endsWith(`/${program}`);
}
