import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Gallery } from "@/components/gallery/gallery";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shell.pages"))("gallery") };
}

export default function GalleryPage() {
  return <Gallery />;
}
