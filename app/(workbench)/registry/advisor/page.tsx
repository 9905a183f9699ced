import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Advisor } from "@/components/registry/advisor";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("registry.advice"))("title") };
}

export default function AdvisorPage() {
  return <Advisor />;
}
