import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Settings } from "@/components/settings/settings";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shell.pages"))("settings") };
}

export default function SettingsPage() {
  return <Settings />;
}
