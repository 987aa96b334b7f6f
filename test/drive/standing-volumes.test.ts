import { expect, it } from "vitest";
import { standingVolumes } from "../../src/drive/standing-volumes.ts";
import { checkStack, env, service, stack, volume } from "../../src/index.ts";

const OF_SHOP = { "com.docker.compose.project": "shop" };

it("the volumes of a project are those of the stack that the engine has, under whatever name, and its former ones", async () => {
  const volumes = [
    volume("data"),
    volume("never-created"),
    volume("named", { name: env("SHOP_VOLUME", { default: "chosen" }) }),
    volume("others", { name: "others", external: true }),
  ];
  const web = service("web", { image: "busybox:1.37", volumes: volumes.map((each, index) => each.at(`/v${index}`)) });
  const there = [
    { Name: "shop_old", Labels: OF_SHOP },
    { Name: "shop_data", Labels: OF_SHOP },
    // Somebody else has created it, and Compose removes it all the same.
    { Name: "chosen", Labels: null },
    { Name: "others" },
    { Name: "blog_data", Labels: { "com.docker.compose.project": "blog" } },
  ];
  const found = await standingVolumes({ volumes: async () => there }, "shop", [{ stack: checkStack(stack("shop", [web])), envFiles: [] }]);
  expect(found).toEqual({ own: ["data", "named"], former: ["shop_old"] });
});
