// @ts-check
import createNextIntlPlugin from "next-intl/plugin";

/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // Loaded by Node as they are: they carry native or WASM parts, or are reached through dynamic imports.
  serverExternalPackages: [
    "pg",
    "@prisma/adapter-pg",
    "pg-boss",
    "undici",
    "eld",
    "sharp",
    "file-type",
    "@fastify/busboy",
    "@node-rs/jieba",
  ],
  devIndicators: false,
  // `npm run check` does it; a user's first start need not wait for it, nor install a compiler.
  typescript: { ignoreBuildErrors: true },
};

export default createNextIntlPlugin("./i18n/request.ts")(config);
