/** The script of the page, imported as text. */
declare const text: string;
export default text;
