/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Native or worker-only packages stay outside the bundle.
  serverExternalPackages: ["@node-rs/argon2", "pg", "pg-copy-streams", "graphile-worker", "nodemailer"],
  // `npm run check` type-checks everything, tests included; a second pass would only slow the first start.
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
  experimental: { optimizePackageImports: ["lucide-react", "radix-ui"] },
};

export default config;
