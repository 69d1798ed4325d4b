// Pictures on their way to the newsroom.
import { call, type Json } from "./page";

export async function upload(file: File): Promise<Json> {
  const form = new FormData();
  form.append("file", file, file.name);
  return call("POST", "assets", form);
}
