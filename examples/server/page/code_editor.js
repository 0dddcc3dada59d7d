/*
 * If its tools are installed, the editor with colors and completion is built from code_editor/ and
 * replaces this file. Without it, the text stays in its text area.
 */
export const createCodeEditor = null;
