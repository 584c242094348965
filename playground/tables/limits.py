"""The limits of Block Kit, messages and views, each with a name and a sentence.

Source unless said otherwise: docs.slack.dev/reference/block-kit and /reference/methods, read 2026-08. Where
sources differ the strictest value that some client enforces is taken, and the sentence says so. Characters
are code points; every MAX and MIN is itself allowed.
"""

from typing import Final

# Messages
MESSAGE_BLOCKS_MAX: Final = 50  # blocks in one message
MESSAGE_TEXT_MAX: Final = (
    40_000  # characters of `text`; Slack cuts what is longer, the local workspace refuses it
)
MESSAGE_UPDATE_TEXT_MAX: Final = 4_000  # chat.update refuses longer text with msg_too_long
MESSAGE_BLOCKS_TEXT_MAX: Final = (
    13_200  # characters of all blocks together, undocumented: slackapi/bolt-js#2509
)
MESSAGE_CHARTS_MAX: Final = 2  # data_visualization blocks in one message
MESSAGE_MARKDOWN_MAX: Final = 12_000  # characters of all markdown blocks of one message together
MESSAGE_ATTACHMENTS_MAX: Final = 100  # attachments in one message
MESSAGE_TABLE_TEXT_MAX: Final = 10_000  # characters in the cells of all tables of one message together
MESSAGE_DATA_TABLE_TEXT_MAX: Final = (
    20_000  # characters in the cells of all data tables of one message together
)

# Views
VIEW_BLOCKS_MAX: Final = 100  # blocks in a modal or a Home tab
VIEW_JSON_BYTES_MAX: Final = 250_000  # bytes of the view as JSON: 250 KB, else view_too_large
VIEW_STACK_MAX: Final = 3  # modals on top of each other: one opened, two pushed, else push_limit_reached
VIEW_PRIVATE_METADATA_MAX: Final = 3_000  # characters an app keeps with a view
VIEW_TITLE_MAX: Final = 24  # characters of a modal's title
VIEW_SUBMIT_MAX: Final = 24  # characters of a modal's submit button
VIEW_CLOSE_MAX: Final = 24  # characters of a modal's close button
CALLBACK_ID_MAX: Final = 255  # characters of a view's callback_id
EXTERNAL_ID_MAX: Final = 255  # characters of a view's external_id, which is unique in a workspace

# Ids and texts
BLOCK_ID_MAX: Final = 255  # characters of a block_id
ACTION_ID_MAX: Final = 255  # characters of an action_id
TEXT_MAX: Final = 3_000  # characters of a text object where nothing narrower is said
PLACEHOLDER_MAX: Final = 150  # characters of a placeholder

# Composition objects
CONFIRM_TITLE_MAX: Final = 100  # characters of a confirm dialog's title
CONFIRM_TEXT_MAX: Final = 300  # characters of a confirm dialog's text
CONFIRM_BUTTON_MAX: Final = 30  # characters of either button of a confirm dialog
OPTION_TEXT_MAX: Final = 75  # characters of an option
OPTION_VALUE_MAX: Final = 75  # characters of an option's value: documented 150, clients' own types say 75
OPTION_DESCRIPTION_MAX: Final = 75  # characters of an option's description
OPTION_URL_MAX: Final = 3_000  # characters of an overflow option's address
OPTION_GROUP_LABEL_MAX: Final = 75  # characters of an option group's label
OPTION_GROUP_OPTIONS_MAX: Final = 100  # options in one group

# Elements
BUTTON_TEXT_MAX: Final = 75  # characters on a button
BUTTON_VALUE_MAX: Final = 2_000  # characters of a button's value
BUTTON_URL_MAX: Final = 3_000  # characters of a button's address
ACCESSIBILITY_LABEL_MAX: Final = 75  # characters read out instead of a button's text
AGENT_PROMPT_MAX: Final = 4_000  # characters of the prompt a button hands to an agent
SELECT_OPTIONS_MAX: Final = 100  # options of a select
SELECT_GROUPS_MAX: Final = 100  # option groups of a select
OVERFLOW_OPTIONS_MAX: Final = 5  # options of an overflow menu
CHECKBOXES_OPTIONS_MAX: Final = 10  # checkboxes in one group
RADIO_OPTIONS_MAX: Final = 10  # radio buttons in one group
INPUT_TEXT_MAX: Final = (
    3_000  # the highest min_length and max_length of a text input, and what it holds without one
)
RICH_TEXT_INPUT_LINES_MAX: Final = 100  # the highest min_lines and max_lines of a rich text input
FILE_INPUT_FILES_MAX: Final = 10  # files one file input takes
DISPATCH_TRIGGERS_MAX: Final = 2  # triggers in a dispatch_action_config
ICON_BUTTON_USERS_MAX: Final = 10  # people an icon button may be visible to
IMAGE_URL_MAX: Final = 3_000  # characters of an image's address
IMAGE_ALT_MAX: Final = 2_000  # characters of an image's alt text
IMAGE_TITLE_MAX: Final = 2_000  # characters of an image block's title

# Blocks
ACTIONS_ELEMENTS_MAX: Final = 25  # elements in an actions block
ALERT_TEXT_MAX: Final = 200  # characters of an alert
CARD_TITLE_MAX: Final = 150  # characters of a card's title
CARD_SUBTITLE_MAX: Final = 150  # characters of a card's subtitle
CARD_BODY_MAX: Final = 200  # characters of a card's body
CARD_SUBTEXT_MAX: Final = 200  # characters of a card's small print
CARD_ACTIONS_MAX: Final = 3  # buttons on a card
CAROUSEL_CARDS_MAX: Final = 10  # cards in a carousel
CONTAINER_TITLE_MAX: Final = 150  # characters of a container's title
CONTAINER_SUBTITLE_MAX: Final = 150  # characters of a container's subtitle
CONTAINER_BLOCKS_MAX: Final = 10  # blocks in a container
CONTEXT_ELEMENTS_MAX: Final = 10  # images and texts in a context block
CONTEXT_ACTIONS_ELEMENTS_MAX: Final = 5  # elements in a context_actions block
HEADER_TEXT_MAX: Final = 150  # characters of a header
INPUT_LABEL_MAX: Final = 2_000  # characters of an input's label
INPUT_HINT_MAX: Final = 2_000  # characters of an input's hint
MARKDOWN_TEXT_MAX: Final = 12_000  # characters of a markdown block
PLAN_TASKS_MAX: Final = 50  # tasks in a plan
RICH_TEXT_INDENT_MAX: Final = 8  # the deepest indent of a rich text list
SECTION_TEXT_MAX: Final = 3_000  # characters of a section's text
SECTION_FIELDS_MAX: Final = 10  # fields of a section
SECTION_FIELD_MAX: Final = 2_000  # characters of one field of a section
VIDEO_TITLE_MAX: Final = 199  # characters of a video's title: "less than 200"
VIDEO_DESCRIPTION_MAX: Final = 200  # characters of a video's description
VIDEO_AUTHOR_MAX: Final = 49  # characters of a video's author: "less than 50"
VIDEO_PROVIDER_MAX: Final = 50  # characters of a video's provider
VIDEO_ALT_MAX: Final = 2_000  # characters of a video's alt text
VIDEO_URL_MAX: Final = 3_000  # characters of a video's address and of its thumbnail's
VIDEO_LINK_MAX: Final = 2_000  # characters of the addresses of a video's title and provider icon

# Tables and charts
TABLE_ROWS_MAX: Final = 100  # rows of a table, header included
TABLE_COLUMNS_MAX: Final = 20  # columns of a table or data table
DATA_TABLE_ROWS_MIN: Final = 2  # rows of a data table: a header and one more
DATA_TABLE_ROWS_MAX: Final = (
    101  # rows of a data table, header included: the reference says 101, later libraries 201
)
DATA_TABLE_PAGE_MAX: Final = 100  # rows on one page of a data table
DATA_TABLE_TEXT_MAX: Final = 20_000  # characters in all cells of one data table
CHART_TITLE_MAX: Final = 50  # characters of a chart's title
CHART_SEGMENTS_MAX: Final = 6  # segments of a pie: the reference says 6, later libraries 12
CHART_SERIES_MAX: Final = 6  # series of a chart: the reference says 6, later libraries 12
CHART_POINTS_MAX: Final = 20  # points of a series, and categories of an axis
CHART_LABEL_MAX: Final = 20  # characters of a segment, point, category or series name
CHART_AXIS_LABEL_MAX: Final = 50  # characters of an axis title
