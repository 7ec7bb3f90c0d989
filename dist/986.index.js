export const id = 986;
export const ids = [986];
export const modules = {

/***/ 3986:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   listInvitations: () => (/* binding */ listInvitations)
/* harmony export */ });
/* harmony import */ var _email_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6084);
/* harmony import */ var _report_markdown_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4902);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(977);



/** Lists invitations, the newest first. Neon lists pending and accepted ones alike: whoever is a member has accepted. */
const listInvitations = async ({ show_emails }, step) => {
    const all = await step.neon.getOrganizationInvitations();
    const members = new Set((await step.neon.getOrganizationMembers()).map(({ user }) => user.email.toLowerCase()));
    const invitations = all
        .map((invitation) => ({ ...invitation, accepted: members.has(invitation.email.toLowerCase()) }))
        .sort((a, b) => b.invited_at.localeCompare(a.invited_at));
    const open = invitations.filter(({ accepted }) => !accepted).length;
    step.info(`${(0,_text_js__WEBPACK_IMPORTED_MODULE_0__/* .count */ .U9)(invitations.length, 'invitation')}, ${open} of them to people who are not members.`);
    const rows = invitations.map(({ email, role, invited_at, accepted }) => [
        (0,_report_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .code */ .aY)(email, (0,_email_js__WEBPACK_IMPORTED_MODULE_2__/* .shownWith */ .ou)(show_emails)),
        (0,_report_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .plain */ .pj)(role),
        (0,_report_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .time */ .kB)(invited_at),
        accepted ? '✅ a member' : '✉️ not accepted yet, or has left',
    ]);
    return {
        changed: false,
        outputs: { invitation_count: String(invitations.length) },
        json: { invitations },
        summary: `### ✉️ ${(0,_text_js__WEBPACK_IMPORTED_MODULE_0__/* .count */ .U9)(invitations.length, 'invitation')}\n\n${rows.length > 0 ? (0,_report_markdown_js__WEBPACK_IMPORTED_MODULE_1__/* .table */ .tp)(['E-mail', 'Role', 'Invited', ''], rows) : 'None.'}\n`,
    };
};


/***/ })

};
