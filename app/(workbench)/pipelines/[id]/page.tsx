import { EditorPage } from "@/components/editor/editor-page";

export default async function PipelinePage({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const { id } = await params;
  return <EditorPage id={id} />;
}
