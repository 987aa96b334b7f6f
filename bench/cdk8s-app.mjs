// As many Deployment + Service pairs as the argument says, synthesized into the folder of the second argument.
import { ApiObject, App, Chart } from "cdk8s";

const [, , count, outdir] = process.argv;
const app = new App({ outdir });
const chart = new Chart(app, "bench");
for (let index = 0; index < Number(count); index++) {
  const name = `service-${index}`;
  const labels = { app: name };
  const probe = { httpGet: { path: "/health", port: 8080 }, periodSeconds: 10, failureThreshold: 3 };
  new ApiObject(chart, `deployment-${index}`, {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [
            {
              name,
              image: "example/app:1.0",
              env: [
                { name: "LOG_LEVEL", value: "info" },
                { name: "INDEX", value: String(index) },
              ],
              ports: [{ containerPort: 8080 }],
              readinessProbe: probe,
            },
          ],
        },
      },
    },
  });
  new ApiObject(chart, `service-${index}`, {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name },
    spec: { selector: labels, ports: [{ port: 8080, targetPort: 8080 }] },
  });
}
app.synth();
