/** @type {import("next").NextConfig} */
export default {
  typedRoutes: true,
  poweredByHeader: false,
  reactStrictMode: true,
  agentRules: false,
  // What is sent to an action may hold a secret that was typed by mistake; it is never written to a log.
  logging: { serverFunctions: false },
  experimental: {
    authInterrupts: true,
    // A draft is up to 1 MiB for each layer.
    serverActions: { bodySizeLimit: "8mb" },
  },
  turbopack: { root: import.meta.dirname },
  serverExternalPackages: ["pg", "pg-boss", "pino", "@prisma/client", "@prisma/adapter-pg"],
};
