/** A Compose file of one service that is probed, for the examples of rules. */
export function probed(image: string, test: string, more = ""): string {
  return `services:
  app:
    image: ${image}
    healthcheck:
      test: ${test}
${more}`;
}

/** A Dockerfile with a health check, for the examples of rules. */
export function dockerfile(base: string, command: string, more = ""): string {
  return `FROM ${base}
${more}HEALTHCHECK CMD ${command}
`;
}
