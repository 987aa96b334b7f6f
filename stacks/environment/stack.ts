import { env, from, secret, service, stack } from "stackwright";

const image = from("busybox:1.37")
  .env({ FROM_DOCKERFILE: "written in the Dockerfile" })
  .cmd(["sh", "-c", "env | grep ^FROM_ | sort; exec tail -f /dev/null"]);

const token = secret("api-token", { environment: "API_TOKEN" });

/** Four ways to give a value, and a fifth for those that nobody may read in a file or a list of processes. */
export const app = service("app", {
  build: { dockerfile: image },
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
