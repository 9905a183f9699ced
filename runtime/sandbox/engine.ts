import variant from "@jitl/quickjs-wasmfile-release-sync";
import { newQuickJSWASMModuleFromVariant, type QuickJSWASMModule } from "quickjs-emscripten-core";

/** A new engine, with memory of its own. */
export const newEngine = (): Promise<QuickJSWASMModule> => newQuickJSWASMModuleFromVariant(variant);
