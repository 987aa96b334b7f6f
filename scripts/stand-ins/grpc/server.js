// Serves only once it gets SIGUSR2; its service shop.Ready always does, shop.Orders never.
const { Server, ServerCredentials } = require("@grpc/grpc-js");
const { HealthImplementation } = require("grpc-health-check");

const health = new HealthImplementation({ "": "NOT_SERVING", "shop.Orders": "NOT_SERVING", "shop.Ready": "SERVING" });
const server = new Server();
health.addToServer(server);
process.on("SIGUSR2", () => health.setStatus("", "SERVING"));
server.bindAsync("0.0.0.0:50051", ServerCredentials.createInsecure(), (error) => {
  if (error) throw error;
});
