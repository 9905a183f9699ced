import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Registry } from "@/components/registry/registry";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shell.pages"))("registry") };
}

export default function RegistryPage() {
  return <Registry />;
}
