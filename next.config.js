/** @type {import("next").NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // Native or worker-only packages stay outside the bundle.
  serverExternalPackages: ["@node-rs/argon2", "pg", "pg-copy-streams", "graphile-worker", "nodemailer"],
  typedRoutes: false,
  devIndicators: false,
  experimental: { optimizePackageImports: ["lucide-react", "radix-ui"] },
};
