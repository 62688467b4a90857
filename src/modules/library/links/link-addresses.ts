import { DESK_PATH } from "../practices/practice-addresses.ts";

export const DESK_LINKS_PATH = `${DESK_PATH}/links`;
