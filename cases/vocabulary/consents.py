"""What a person's data may be used for, who agreed to it, and who must not learn of them."""

from cases.vocabulary.base import Terms


class ProcessingPurpose(Terms):
    """Each is asked for, given and withdrawn by itself."""

    REGISTER = "register", "To keep the case.", "Keep the case"
    SEARCH = "search", "To look for the person, or for their relatives.", "Search"
    SHARE_WITH_ORGANISATION = (
        "share_organisation",
        "To open the case, or hand it over, to another organisation on this server.",
        "Share with an organisation",
    )
    SHARE_WITH_AUTHORITIES = (
        "share_authorities",
        "To tell a state's authorities, or to share with a public office.",
        "Share with authorities",
    )
    SHARE_WITH_RED_CROSS = (
        "share_red_cross",
        "To tell the ICRC or a national Red Cross or Red Crescent society.",
        "Share with the Red Cross",
    )
    PUBLISH_NAME = "publish_name", "To publish the name.", "Publish the name"
    PUBLISH_PHOTO = "publish_photo", "To publish a photograph.", "Publish a photograph"
    MEDIA_CONTACT = "media_contact", "To let journalists ask them.", "Contact by the media"


class GivenBy(Terms):
    PERSON = "person", "The person themselves.", "The person"
    PARENT = "parent", "A parent, for a child.", "A parent"
    GUARDIAN = "guardian", "A lawful guardian.", "A guardian"
    NOBODY = "nobody", "Nobody could be asked: it rests on another basis.", "Nobody was asked"
