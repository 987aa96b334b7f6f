import { env, secret, service, stack } from "stackwright";

const token = secret("api-token", { environment: "API_TOKEN" });

/** Four ways to give a value, and a fifth for those that nobody may read in a file or a list of processes. */
export const app = service("app", {
  build: "./app",
  environment: {
    FROM_FILE: "written in the stack",
    FROM_SHELL: env("GREETING"),
    FROM_DOT_ENV: env("PLACE"),
    API_TOKEN_FILE: token.path,
  },
  secrets: [token],
  stopGracePeriod: "1s",
});

export default stack("environment", [app]);
