/*
 * The editor with colors and completion is built from code_editor/ where its tools are, and is then
 * in the place of this file. Here the text stays in its text area.
 */
export const createCodeEditor = null;
