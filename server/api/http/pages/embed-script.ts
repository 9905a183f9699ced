import { findPage } from "@/server/domain/page/find-page";
import { frameToken } from "@/server/domain/page/visit-token";
import { baseUrl, readAddress } from "@/server/platform/guard/address";
import type { RouteCall } from "@/server/platform/route/route";

/** Text that stands in a script as it is: no end of a script tag, no line that ends one. */
const literal = (value: unknown): string =>
  JSON.stringify(value).replaceAll("<", "\\u003c").replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");

/**
 * Puts a button into the page that loads it, which opens the chat or form in a frame; with `data-target="#id"` the frame fills that element. It touches nothing
 * else of the page, and needs of its policy no more than `frame-src` of this address.
 */
const script = (settings: { readonly src: string; readonly title: string; readonly accent: string }): string =>
  `(()=>{const s=${literal(settings)};const me=document.currentScript;const frame=document.createElement("iframe");` +
  'frame.src=s.src;frame.title=s.title;frame.allow="clipboard-write; microphone";frame.referrerPolicy="no-referrer";' +
  "const set=(e,o)=>{for(const k in o)e.style.setProperty(k,o[k])};" +
  "const place=me&&me.dataset.target?document.querySelector(me.dataset.target):null;" +
  'if(place){set(frame,{border:"0",width:"100%",height:"100%","min-height":"420px"});place.append(frame);return}' +
  'set(frame,{position:"fixed",right:"20px",bottom:"84px",width:"min(400px,calc(100vw - 40px))",height:"min(620px,calc(100dvh - 110px))",' +
  'border:"1px solid #8883","border-radius":"12px","box-shadow":"0 8px 32px #0003","z-index":"2147483000",display:"none",background:"Canvas"});' +
  'const b=document.createElement("button");b.type="button";b.setAttribute("aria-label",s.title);b.setAttribute("aria-expanded","false");' +
  'b.textContent="\\u{1F4AC}";set(b,{position:"fixed",right:"20px",bottom:"20px",width:"52px",height:"52px",border:"0","border-radius":"50%",cursor:"pointer",' +
  '"font-size":"22px",color:"#fff",background:s.accent,"box-shadow":"0 4px 16px #0003","z-index":"2147483000"});' +
  'let shown=false;b.onclick=()=>{shown=!shown;frame.style.display=shown?"block":"none";b.setAttribute("aria-expanded",String(shown));if(shown&&!frame.isConnected)document.body.append(frame)};' +
  "const add=()=>document.body.append(b);document.body?add():addEventListener('DOMContentLoaded',add)})();\n";

const headers = {
  "content-type": "text/javascript; charset=utf-8",
  // Any page may load it; whether a page may show the frame is said by the frame.
  "cross-origin-resource-policy": "cross-origin",
  "cache-control": "no-store",
} as const;

/** `GET /api/pages/{slug}/embed`. Where there is no page, or nobody may embed it, it says so to whoever looks why nothing appears. */
export const embedScript = async ({ parameters: { slug }, database }: RouteCall<"public", { slug: string }>) => {
  const page = await findPage(database, slug);
  if (page === null || page.origins.length === 0) {
    const why = page === null ? "this page is closed." : "no origin may embed this page; add yours to its settings.";
    return new Response(`console.warn(${literal(`Pipewright: ${why}`)});\n`, { headers });
  }
  const frame = frameToken(slug, page.origins, Date.now());
  const src = `${baseUrl(readAddress())}/p/${slug}?frame=${frame}`;
  const title = page.title || page.deployment.pipeline.name;
  return new Response(script({ src, title, accent: page.accent || "#4f46e5" }), { headers });
};
