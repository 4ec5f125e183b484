// The commands of `tidewaiter lists` that fetch and compare: update, diff.
#ifndef TIDEWAITER_CLI_LISTS_UPDATE_H_
#define TIDEWAITER_CLI_LISTS_UPDATE_H_

#include "cli/session.h"

namespace tidewaiter::cli {

void AddListsUpdate(CLI::App& lists, Session& session);

}  // namespace tidewaiter::cli

#endif  // TIDEWAITER_CLI_LISTS_UPDATE_H_
